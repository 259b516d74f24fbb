/* formats.def.h: the forms of output in their order, the first the standard one:
   X(name, endings, table, pieces, report, understood, head, rows, between, tail, sentences), as in struct output_format */
X(text, " txt ", table_text, &pieces_text, NULL, understood_text, emit_text_head, emit_text_rows, "", "", sentences_text)
X(csv, " csv ", table_csv, NULL, NULL, NULL, emit_csv_head, emit_csv_rows, "", "", NULL)
X(tsv, " tsv ", table_tsv, NULL, NULL, NULL, emit_tsv_head, emit_tsv_rows, "", "", NULL)
X(json, " json ", table_json, &pieces_json, NULL, understood_json, emit_json_head, emit_json_objects, ",", "\n]\n", NULL)
X(jsonl, " jsonl ndjson ", table_jsonl, NULL, NULL, NULL, NULL, emit_jsonl, "", "", NULL)
X(markdown, " md ", table_markdown, &pieces_markdown, NULL, NULL, emit_markdown_head, emit_markdown_rows, "", "", sentences_markdown)
X(html, " html htm ", NULL, NULL, report_html, NULL, NULL, NULL, "", "", NULL)
