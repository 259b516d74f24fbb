# caravan_models.R: trains the two models of caravan_models.csv, with R (Debian's r-base-core, r-cran-kernlab); writes it
# to standard output
suppressMessages(library(kernlab))
data(ticdata)
y <- as.numeric(ticdata$CARAVAN == "insurance")
x <- sapply(ticdata[, -86], as.numeric) # factors as the numbers of their levels
train <- 1:5822
x <- cbind(1, scale(x, colMeans(x[train, ]), apply(x[train, ], 2, sd)))
sign <- 2 * y - 1

# The mean focal loss of a linear model on the training rows (gamma = 0: cross-entropy), with a little weight decay,
# and its gradient (arXiv 1708.02002, eq. 4 and 10).
loss <- function(b, gamma) {
    xt <- sign[train] * (x[train, ] %*% b)
    pt <- plogis(xt)
    mean((1 - pt)^gamma * -plogis(xt, log.p = TRUE)) + 1e-4 * sum(b[-1]^2)
}
slope <- function(b, gamma) {
    xt <- sign[train] * (x[train, ] %*% b)
    pt <- plogis(xt)
    by_logit <- sign[train] * (1 - pt)^gamma * (gamma * pt * plogis(xt, log.p = TRUE) + pt - 1)
    crossprod(x[train, ], by_logit)[, 1] / length(train) + 2e-4 * c(0, b[-1])
}
fit <- function(gamma)
    optim(numeric(ncol(x)), loss, slope, gamma, method = "BFGS", control = list(maxit = 1000, reltol = 1e-12))$par
score <- function(gamma) sprintf("%.6g", plogis(x[-train, ] %*% fit(gamma)))
write.csv(data.frame(label = y[-train], ce = score(0), focal = score(2)), quote = FALSE, row.names = FALSE)
