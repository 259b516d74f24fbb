// CE and FL at five γ of softmax probabilities: node duckdb_softmax.mjs FILE THREADS CLASSES (npm install @duckdb/node-api)
import { DuckDBInstance } from '@duckdb/node-api';

const [file, threads, classes] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(':memory:', { threads })).connect();
const all = Array.from({ length: Number(classes) }, (_, k) => `p${k}`).join(', ');
const sums = [0, 0.5, 1, 2, 5].map((g) => `sum(pow(1 - pt, ${g}) * -ln(pt))`).join(', ');
const result = await connection.runAndReadAll(`
  WITH r AS (SELECT list_extract([${all}], label + 1) AS pt FROM read_csv('${file}'))
  SELECT pt >= 0.5 AS easy, count(*), ${sums} FROM r GROUP BY ALL`);
console.log(result.getRows().map((row) => row.join(' ')).join('\n'));
