# Writes ogrs_expected.json: people who reoffended beside the number expected (PoissonBinomial), with an exact two-sided
# p by the rule of binom.test; and the twenty quantiles that the dots of a caseload stand at.
# Run from any folder: Rscript tests/oracle/ogrs_expected.R
suppressPackageStartupMessages({library(jsonlite); library(PoissonBinomial)})

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
set.seed(73)

group <- function(n, observed, decimals = 12) {
  p <- round(runif(n, 0.02, 0.97), decimals)
  each <- dpbinom(0:n, p)
  list(
    p = I(p), observed = observed, expected = sum(p), ratio = observed / sum(p),
    low = qpbinom(0.025, p), high = qpbinom(0.975, p),
    p_value = min(1, sum(each[each <= each[observed + 1] * (1 + 1e-7)]))
  )
}

# A caseload: how many people have each score in whole per cent. The probability of each number by DivideFFT.
caseload_of <- function(people, ratio) {
  p <- rep(1:99 / 100, people)
  observed <- round(ratio * sum(p))
  each <- dpbinom(0:length(p), p, method = "DivideFFT")
  below <- cumsum(each)
  list(
    people = I(people), observed = observed, expected = sum(p), low = which(below >= 0.025)[1] - 1,
    high = which(below >= 0.975)[1] - 1, p_value = min(1, sum(each[each <= each[observed + 1] * (1 + 1e-7)]))
  )
}

equal <- list(p = rep(0.3, 20), observed = 11)
tested <- binom.test(equal$observed, 20, 0.3)

caseload <- read.csv(file.path(here, "..", "..", "sample_data", "caseload.csv"), na.strings = "")
write_json(list(
  made_by = list(R = R.version.string, PoissonBinomial = as.character(packageVersion("PoissonBinomial"))),
  groups = list(
    one = group(1, 1), three = group(3, 0), pilot = group(27, 9, 2), few = group(27, 4), many = group(120, 70)
  ),
  caseloads = list(
    thousands = caseload_of(rep(c(20, 31, 45), 33), 1.01), many = caseload_of(rpois(99, 400) + 17, 0.994),
    rare = caseload_of(c(5000, rep(0, 97), 3), 1.2)
  ),
  binomial = c(equal, list(p_value = tested$p.value)),
  dots = unname(quantile(caseload$ogrs, (seq_len(20) - 0.5) / 20, na.rm = TRUE))
), file.path(here, "ogrs_expected.json"), digits = 15, auto_unbox = TRUE)
