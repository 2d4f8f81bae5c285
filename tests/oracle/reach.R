# Writes reach.json: logistic and straight-line trends over OGRS, Kaplan-Meier curves, and shares with Wilson's interval.
# Run from any folder: Rscript tests/oracle/reach.R
suppressPackageStartupMessages({library(jsonlite); library(survival)})

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
RNGversion("4.0.0")
set.seed(20261122)

# ---- starting by risk: the odds ratio for ten points with its profile likelihood interval ------------------------
logistic <- function(ogrs, started) {
  x <- ogrs / 10
  fit <- glm(started ~ x, family = binomial, control = list(epsilon = 1e-14, maxit = 200))
  gap <- function(b) {
    held <- glm(started ~ 1, offset = b * x, family = binomial, control = list(epsilon = 1e-14, maxit = 200))
    deviance(held) - deviance(fit) - qchisq(0.95, 1)
  }
  best <- coef(fit)[["x"]]
  se <- sqrt(diag(vcov(fit)))[["x"]]
  ends <- c(uniroot(gap, c(best - 8 * se, best), tol = 1e-12)$root, uniroot(gap, c(best, best + 8 * se), tol = 1e-12)$root)
  list(ogrs = I(ogrs), started = I(started), estimate = exp(best), ci_low = exp(ends[1]), ci_high = exp(ends[2]))
}
ordinary <- sample(3:96, 60, TRUE)
few <- c(10, 20, 30, 40, 50, 60)
starts <- list(
  ordinary = logistic(ordinary, rbinom(60, 1, plogis(1.5 - 0.03 * ordinary))),
  rising = logistic(ordinary, rbinom(60, 1, plogis(-2 + 0.04 * ordinary))),
  few = logistic(few, c(1, 1, 0, 1, 0, 0)),
  ties = logistic(rep(c(20, 40, 80), each = 5), c(1, 1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0)),
  one_left_out = logistic(c(5, 12, 33, 47, 48, 71, 90, 90), c(1, 1, 1, 1, 0, 1, 1, 1))
)

# ---- contacts by risk: the slope of a straight line for ten points ----------------------------------------------
straight <- function(ogrs, share) {
  fit <- lm(share ~ I(ogrs / 10))
  ends <- confint(fit)[2, ]
  list(ogrs = I(ogrs), share = I(share), estimate = coef(fit)[[2]], ci_low = ends[[1]], ci_high = ends[[2]])
}
offered <- sample(10:25, 60, TRUE)
contacts <- list(
  ordinary = straight(ordinary, rbinom(60, offered, plogis(2 - 0.02 * ordinary)) / offered),
  few = straight(c(10, 20, 30, 40), c(0.9, 0.8, 0.8, 0.6)),
  flat = straight(c(10, 20, 30, 40), c(0.9, 0.8, 0.8, 0.9))
)

# ---- time to disengagement ---------------------------------------------------------------------------------------
km <- function(days, left) {
  fit <- survfit(Surv(days / 7, left) ~ 1, conf.type = "log-log")
  at <- fit$n.event > 0
  weeks <- c(4, 8, 12, 24)
  list(days = I(days), left = I(left), weeks = I(fit$time[at]), share = I(fit$surv[at]), low = I(fit$lower[at]),
       high = I(fit$upper[at]), n = length(days), n_left = sum(left),
       at = list(weeks = I(weeks), share = I(summary(fit, times = weeks, extend = TRUE)$surv),
                 risk = I(sapply(weeks, function(w) sum(days / 7 >= w)))))
}
days <- round(rexp(40, 1 / 100)) + 1
ends <- pmin(days, 168)
curves <- list(
  ordinary = km(ends, as.integer(days <= 168)),
  ties = km(c(7, 7, 14, 14, 14, 28, 28, 70, 84, 84), c(1, 0, 1, 1, 0, 0, 1, 0, 1, 0)),
  all_left = km(c(0, 21, 35, 56), c(1, 1, 1, 1)),
  one_left = km(c(21, 35, 56), c(0, 1, 0))
)

# ---- shares of a pilot --------------------------------------------------------------------------------------------
wilson <- function(k, n) {
  ends <- suppressWarnings(prop.test(k, n, correct = FALSE))$conf.int
  list(k = k, n = n, low = ends[1], high = ends[2])
}
shares <- list(wilson(24, 27), wilson(21, 27), wilson(18, 27), wilson(12, 27), wilson(7, 27), wilson(27, 27))

write_json(
  list(
    written_by = "reach.R",
    versions = list(R = as.character(getRversion()), survival = as.character(packageVersion("survival")),
                    jsonlite = as.character(packageVersion("jsonlite"))),
    starts = starts, contacts = contacts, curves = curves, shares = shares
  ),
  file.path(here, "reach.json"), pretty = TRUE, auto_unbox = TRUE, digits = NA, na = "null"
)
