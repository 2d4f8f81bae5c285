# Writes like_for_like.json: each need of the sample study's people against the number expected among people like them
# (epitools::ageadjust.indirect), its range (PoissonBinomial::qpbinom), and small cases by going through every outcome.
# Run from any folder: Rscript tests/oracle/like_for_like.R
suppressPackageStartupMessages({library(jsonlite); library(epitools); library(PoissonBinomial)})

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
sample_file <- function(name) read.csv(file.path(here, "..", "..", "sample_data", name), na.strings = "")
cases <- sample_file("cases.csv")
caseload <- sample_file("caseload.csv")
caseload <- caseload[!caseload$respondent_id %in% cases$respondent_id, ]
rules <- fromJSON(file.path(here, "need_thresholds.json"), simplifyVector = FALSE)[["oasys_2009"]]
need <- function(table, section) {
  threshold <- rules[[section]]$threshold
  if (is.null(threshold)) table[[paste0(section, "_need")]] == "yes" else table[[paste0(section, "_score")]] >= threshold
}
keys <- list(
  sex = function(table) table$sex,
  age_band = function(table) as.character(findInterval(table$age, c(0, 25, 35, 50))),
  ogrs_band = function(table) as.character(findInterval(table$ogrs, c(0, 25, 50, 75))),
  company = function(table) table$company,
  offence = function(table) table$offence
)
always <- c("oasys_layer", "oasys_form", "sentence")

stratum <- function(table, hold) {
  parts <- c(lapply(hold, function(name) keys[[name]](table)), lapply(always, function(name) table[[name]]))
  known <- Reduce(`&`, lapply(parts, function(part) !is.na(part)))
  ifelse(known, do.call(paste, c(parts, sep = "|")), NA)
}

one <- function(section, hold, at_least) {
  ours <- need(cases, section); theirs <- need(caseload, section)
  own <- stratum(cases, hold); other <- stratum(caseload, hold)
  assessed <- table(other[!is.na(theirs)])
  enough <- names(assessed)[assessed >= at_least]
  like <- !is.na(ours) & own %in% enough
  result <- list(need = section, n_like = sum(like), n_unmatched = sum(!is.na(ours)) - sum(like))
  if (sum(like) == 0) return(result)
  used <- sort(unique(own[like]))
  tally <- function(which, strata) as.vector(table(factor(strata[which], used)))
  having <- tally(!is.na(theirs) & theirs, other)
  shares <- having / tally(!is.na(theirs), other)
  # The rates are handed over: of one stratum alone the function takes none from the counts.
  found <- ageadjust.indirect(
    count = tally(like & ours, own), pop = tally(like, own),
    stdcount = having, stdpop = tally(!is.na(theirs), other), stdrate = shares)
  p <- shares[match(own[like], used)]
  c(result, list(observed_like = found$sir[["observed"]], expected = found$sir[["exp"]],
    expected_low = qpbinom(0.025, p), expected_high = qpbinom(0.975, p)))
}

choices <- list(
  list(hold = c("sex"), at_least = 20), list(hold = c("sex", "age_band"), at_least = 20),
  list(hold = c("sex", "age_band", "ogrs_band", "company"), at_least = 20),
  list(hold = c("sex", "offence"), at_least = 100), list(hold = character(0), at_least = 20))
profiles <- lapply(choices, function(choice) list(
  hold = as.list(choice$hold), at_least = choice$at_least,
  needs = lapply(names(rules), one, hold = choice$hold, at_least = choice$at_least)))

# Every outcome of a few people, each with a probability of their own.
enumerated <- lapply(list(c(0.5), c(0.1, 0.9), c(0.2, 0.3, 0.7), c(0, 1, 0.5), rep(0.05, 8), c(0.01, 0.5, 0.99, 0.33)),
  function(p) {
    outcomes <- as.matrix(expand.grid(rep(list(0:1), length(p))))
    chance <- apply(outcomes, 1, function(one) prod(ifelse(one == 1, p, 1 - p)))
    cumulated <- cumsum(tapply(chance, factor(rowSums(outcomes), 0:length(p)), sum))
    list(p = as.list(p), low = unname(which(cumulated >= 0.025 - 1e-12)[1] - 1),
      high = unname(which(cumulated >= 0.975 - 1e-12)[1] - 1))
  })

write_json(list(
  made_by = list(R = R.version.string, epitools = as.character(packageVersion("epitools")),
    PoissonBinomial = as.character(packageVersion("PoissonBinomial"))),
  profiles = profiles, enumerated = enumerated
), file.path(here, "like_for_like.json"), digits = 15, auto_unbox = TRUE, na = "null")
