# CE and FL at five γ by side and by p_t >= 1/2: Rscript datatable_fl.R FILE THREADS (r-cran-data.table)
suppressMessages(library(data.table))
a <- commandArgs(TRUE)
setDTthreads(as.integer(a[2]))
d <- fread(a[1])
d[, pt := fifelse(label == 1, score, 1 - score)]
print(d[, c(list(n = .N), lapply(c(0, 0.5, 1, 2, 5), function(g) sum((1 - pt)^g * -log(pt)))), by = .(label, easy = pt >= 0.5)])
