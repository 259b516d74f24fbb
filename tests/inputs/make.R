# Writes these files with R (Debian's r-base-core).
frame <- read.csv("pandas_index.csv")[, c("score", "label")]
write.csv(frame, "r_csv.csv")
write.csv(frame, "r_csv_plain.csv", row.names = FALSE)
write.csv2(frame, "r_csv2.csv", row.names = FALSE)
write.table(frame, "r_table.txt")
frame$label <- ifelse(frame$label == 1, "yes", "no")
write.csv(frame, "r_words.csv", row.names = FALSE)
frame$score[6] <- NA
write.csv(frame, "r_missing.csv", row.names = FALSE)
