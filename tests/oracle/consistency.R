# Writes consistency.json: what R gives for alpha, its interval, omega total and the items of a scale.
# Run from any folder: Rscript tests/oracle/consistency.R
suppressPackageStartupMessages({
  library(jsonlite)
  library(psych)
})

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
RNGversion("4.0.0")
set.seed(20260711)

# ---- the data sets -------------------------------------------------------------------------------------------------
answers <- function(n, loadings, low, high, middle = (low + high) / 2, spread = (high - low) / 4) {
  k <- length(loadings)
  latent <- rnorm(n) %o% loadings + matrix(rnorm(n * k), n) %*% diag(sqrt(1 - loadings^2), k)
  table <- round(middle + spread * latent)
  pmin(pmax(table, low), high)
}
with_gaps <- function(table, gaps) {
  table[cbind(sample(nrow(table), gaps, TRUE), sample(ncol(table), gaps, TRUE))] <- NA
  table
}
sets <- list()
sets$well_behaved <- answers(200, c(0.8, 0.75, 0.7, 0.7, 0.65, 0.6, 0.6, 0.55, 0.5, 0.45), 1, 4)
sets$eighteen_by_seven <- answers(18, c(0.8, 0.7, 0.7, 0.6, 0.6, 0.5, 0.5), 1, 5)
sets$eighteen_with_a_factor <- answers(18, c(0.8, 0.8, 0.7, 0.7, 0.6, 0.6, 0.5), 0, 6)
sets$fourteen_items <- answers(60, seq(0.4, 0.8, length.out = 14), 1, 5)
sets$three_items <- answers(40, c(0.8, 0.7, 0.6), 0, 6)
sets$two_items <- answers(25, c(0.8, 0.7), 0, 6)
sets$one_item <- answers(12, 0.7, 1, 4)
sets$missing_values <- with_gaps(answers(80, c(0.7, 0.6, 0.8, 0.5, 0.6), 1, 5), 14)
sets$negative_item <- {
  table <- answers(120, c(0.7, 0.6, 0.8, 0.5, 0.7), 1, 5)
  table[, 3] <- 6 - table[, 3]
  table
}
sets$one_way_and_the_other <- {
  table <- answers(90, c(0.7, 0.6, 0.8, 0.75, 0.7, 0.65), 1, 5)
  table[, 4:6] <- 6 - table[, 4:6]
  table
}
sets$constant_item <- cbind(answers(35, c(0.7, 0.6, 0.8, 0.5), 1, 4), 2)
sets$all_but_one_constant <- cbind(c(1, 2, 3, 2, 4), 2, 3)
sets$all_constant <- matrix(3, 6, 4)
sets$sum_the_same <- cbind(c(1, 2, 3, 4), c(4, 3, 2, 1))
sets$two_cancel_out <- cbind(c(1, 2, 3, 2, 1), c(4, 3, 2, 3, 4), c(2, 4, 1, 3, 3))
sets$fewer_rows_than_items <- answers(6, c(0.8, 0.7, 0.7, 0.6, 0.6, 0.5, 0.5, 0.6, 0.7), 0, 6)
sets$as_many_rows_as_items <- answers(5, c(0.8, 0.7, 0.7, 0.6, 0.6), 0, 6)
sets$one_item_twice <- {
  table <- answers(50, c(0.7, 0.6, 0.8, 0.5), 1, 5)
  cbind(table, table[, 2])
}
sets$all_rise_together <- cbind(c(1, 3, 2, 4, 2), c(2, 4, 3, 5, 3), c(1, 3, 2, 4, 2))
sets$two_people <- rbind(c(2, 3, 1, 4), c(3, 3, 2, 3))
sets$three_people <- rbind(c(2, 3, 1), c(3, 3, 2), c(4, 5, 5))
sets$one_person <- rbind(c(2, 3, 1))
sets$nobody_complete <- rbind(c(2, NA, 1), c(NA, 3, 2))
sets$in_tenths <- answers(45, c(0.7, 0.6, 0.8, 0.5), 10, 50) / 10
sets$constant_item_in_tenths <- cbind(answers(12, c(0.8, 0.7, 0.8, 0.6), 10, 50) / 10, 0.1)
sets$unrelated <- cbind(c(1, 1, 2, 2), c(1, 2, 1, 2))
# The first item is made of the next two, which share less with each other: its uniqueness would have to be negative.
sets$heywood <- {
  shared <- rnorm(100)
  second <- sqrt(0.6) * shared + sqrt(0.4) * rnorm(100)
  third <- sqrt(0.6) * shared + sqrt(0.4) * rnorm(100)
  first <- (second + third) / 2 + 0.05 * rnorm(100)
  round(30 + 5 * cbind(first, second, third, 0.3 * shared + rnorm(100)))
}
# Going down from the starting values of factanal alone, Newton's method ends at a Heywood case that is not the optimum.
sets$several_optima <- 6 + rbind(
  c(2, -5, 4, -2, -4, 0), c(-5, -1, 3, -1, -4, 0), c(1, -2, -2, 2, -1, -1), c(4, -4, -2, 5, -1, -5),
  c(-2, 1, 3, 0, -2, 1), c(-2, 0, 4, 2, -2, -1), c(3, -3, 2, 0, -1, 2), c(1, 1, 0, 1, 0, 4)
)
sets$three_items_without_a_factor <- cbind(
  c(1, 2, 3, 4, 5, 1, 3, 5, 2, 4), c(2, 1, 4, 3, 5, 2, 3, 4, 1, 5), c(5, 3, 5, 2, 4, 1, 4, 2, 1, 3)
)

# ---- definitions ---------------------------------------------------------------------------------------------------
alpha_of <- function(table) {
  k <- ncol(table)
  k / (k - 1) * (1 - sum(apply(table, 2, var)) / var(rowSums(table)))
}

feldt <- function(alpha, n, k, confidence = 0.95) {
  tail <- (1 - confidence) / 2
  by_formula <- 1 - (1 - alpha) * qf(c(1 - tail, tail), n - 1, (n - 1) * (k - 1))
  by_psych <- alpha.ci(alpha, n.obs = n, n.var = k, p.val = 1 - confidence)
  stopifnot(abs(by_formula - c(by_psych$lower.ci, by_psych$upper.ci)) < 1e-12)
  by_formula
}

# As exact as the optimiser can be made: it gives up where it is asked for more digits than there are.
fit_one_factor <- function(table) {
  for (factr in c(1, 10, 100, 1e3, 1e5, 1e7)) {
    control <- list(nstart = 20, opt = list(factr = factr, pgtol = 0, maxit = 5000))
    fit <- tryCatch(factanal(table, 1, rotation = "none", control = control), error = function(e) NULL)
    if (!is.null(fit)) return(fit)
  }
}

# Maximum likelihood on correlations is that on covariances, rescaled.
omega_of <- function(table) {
  n <- nrow(table)
  k <- ncol(table)
  sds <- apply(table, 2, sd)
  if (k < 3 || any(sds < 1e-9) || n <= k) return(NULL)
  if (min(eigen(cor(table))$values) < 1e-9) return(NULL)
  fit <- fit_one_factor(table)
  if (is.null(fit) || min(fit$uniquenesses) < 0.00501) return(NULL)
  common <- sum(fit$loadings * sds)^2
  omega <- common / (common + sum(fit$uniquenesses * sds^2))
  # psych gives omega of the standardised items, from an optimiser that stops a little earlier.
  standardised <- sum(fit$loadings)^2 / (sum(fit$loadings)^2 + sum(fit$uniquenesses))
  second <- suppressMessages(suppressWarnings(
    omega(cor(table), nfactors = 1, fm = "ml", flip = FALSE, plot = FALSE, n.obs = n)
  ))
  by_psych <- second$schmid$sl
  common_by_psych <- sum(by_psych[, 1])^2
  stopifnot(abs(standardised - common_by_psych / (common_by_psych + sum(by_psych[, "u2"]))) < 1e-3)
  omega
}

correlation <- function(x, y) if (sd(x) < 1e-9 || sd(y) < 1e-9) NA else cor(x, y)

item_table <- function(table) {
  total <- rowSums(table)
  k <- ncol(table)
  lapply(seq_len(k), function(i) {
    others <- table[, -i, drop = FALSE]
    rest <- rowSums(others)
    list(
      item_total = correlation(table[, i], total),
      item_rest = if (k > 1) correlation(table[, i], rest) else NA,
      alpha_if_dropped = if (k > 2 && sd(rest) > 1e-9) alpha_of(others) else NA
    )
  })
}

# Where psych keeps all items its numbers must be these.
same_as_psych <- function(table, alpha, rows) {
  if (ncol(table) < 3 || any(apply(table, 2, sd) < 1e-9)) return(FALSE)
  by_psych <- suppressMessages(suppressWarnings(psych::alpha(table, check.keys = FALSE, warnings = FALSE)))
  apart <- function(x, y) max(abs(x - y), na.rm = TRUE) # not computable here: psych has NaN or -Inf
  of <- function(name) sapply(rows, function(row) row[[name]])
  stopifnot(
    abs(by_psych$total$raw_alpha - alpha) < 1e-9,
    apart(by_psych$item.stats$raw.r, of("item_total")) < 1e-9,
    apart(by_psych$item.stats$r.drop, of("item_rest")) < 1e-9,
    apart(by_psych$alpha.drop$raw_alpha, of("alpha_if_dropped")) < 1e-9
  )
  TRUE
}

consistency <- function(table, confidence = 0.95) {
  complete <- table[rowSums(is.na(table)) == 0, , drop = FALSE]
  n <- nrow(complete)
  k <- ncol(complete)
  found <- list(n = n, k = k)
  if (n < 2) return(found)
  rows <- item_table(complete)
  found$items <- rows
  sd_sum <- sd(rowSums(complete))
  if (k < 2 || sd_sum < 1e-9) return(found)
  alpha <- alpha_of(complete)
  found$alpha <- alpha
  if (abs(alpha - 1) > 1e-10) {
    limits <- feldt(alpha, n, k, confidence)
    found <- c(found, alpha_ci_low = limits[1], alpha_ci_high = limits[2])
  }
  if (alpha >= 0) found$sem <- sd_sum * sqrt(max(0, 1 - alpha))
  found$omega_total <- omega_of(complete)
  if (n > k && abs(alpha - 1) > 1e-10) found$psych_agrees <- same_as_psych(complete, alpha, rows)
  found
}

# ---- results -------------------------------------------------------------------------------------------------------
results <- lapply(lapply(sets, unname), function(table) list(
  answers = I(unname(lapply(seq_len(nrow(table)), function(row) I(unname(table[row, ]))))),
  expected = consistency(table)
))
ninety <- consistency(sets$eighteen_by_seven, 0.9)[c("alpha_ci_low", "alpha_ci_high")]
packages <- c("psych", "jsonlite")
versions <- c(R = as.character(getRversion()), sapply(packages, function(name) as.character(packageVersion(name))))
write_json(
  list(written_by = "consistency.R", versions = as.list(versions),
       other_confidence = c(list(set = "eighteen_by_seven", confidence = 0.9), ninety), sets = results),
  file.path(here, "consistency.json"), auto_unbox = TRUE, digits = NA, na = "null", pretty = FALSE
)
