# Writes needs.json: what R gives for each need, pilot beside caseload, in the sample study and in small made-up groups.
# Run from any folder: Rscript tests/oracle/needs.R
library(jsonlite)

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
sample_file <- function(name) read.csv(file.path(here, "..", "..", "sample_data", name), na.strings = "")
rules <- fromJSON(file.path(here, "need_thresholds.json"), simplifyVector = FALSE)[["oasys_2009"]]

# TRUE, FALSE or NA for each person: by the score where there is a threshold, else as recorded.
need <- function(table, section) {
  threshold <- rules[[section]]$threshold
  if (is.null(threshold)) table[[paste0(section, "_need")]] == "yes" else table[[paste0(section, "_score")]] >= threshold
}
all_needs <- function(table) sapply(names(rules), function(section) need(table, section), simplify = FALSE)

wilson <- function(k, n, confidence) {
  suppressWarnings(prop.test(k, n, correct = FALSE, conf.level = confidence))$conf.int[1:2]
}

compare <- function(pilot, caseload, confidence = 0.95) {
  pilot <- pilot[!is.na(pilot)]
  caseload <- caseload[!is.na(caseload)]
  k <- sum(pilot); n <- length(pilot); other_k <- sum(caseload); other_n <- length(caseload)
  found <- list(n = n, caseload_n = other_n)
  if (other_n > 0) found$caseload_rate <- other_k / other_n
  if (n == 0) return(found)
  ours <- wilson(k, n, confidence)
  found <- c(found, list(k = k, rate = k / n, ci_low = ours[1], ci_high = ours[2]))
  if (other_n == 0) return(found)
  # Newcombe (1998), method 10: from the Wilson interval of each share.
  theirs <- wilson(other_k, other_n, confidence)
  p1 <- k / n
  p2 <- other_k / other_n
  c(found, list(
    difference = p1 - p2,
    difference_ci_low = p1 - p2 - sqrt((p1 - ours[1])^2 + (theirs[2] - p2)^2),
    difference_ci_high = p1 - p2 + sqrt((ours[2] - p1)^2 + (p2 - theirs[1])^2),
    p_value = fisher.test(matrix(c(k, n - k, other_k, other_n - other_k), 2))$p.value
  ))
}

profile <- function(pilot, caseload, confidence = 0.95) {
  rows <- Map(function(p, c) compare(p, c, confidence), pilot, caseload)
  p <- sapply(rows, function(row) if (is.null(row$p_value)) NA else row$p_value)
  holm <- p.adjust(p, "holm") # what is missing does not count
  for (section in names(rows)) if (!is.na(holm[[section]])) rows[[section]]$p_holm <- holm[[section]]
  rows
}

cases <- sample_file("cases.csv")
pilot <- all_needs(cases)
caseload <- all_needs(sample_file("caseload.csv"))
first <- function(people) lapply(pilot, head, people)

made_up <- list(
  cells = list(
    pilot = list(
      accommodation = c(FALSE, FALSE, FALSE), ete = c(TRUE, TRUE, TRUE), relationships = c(TRUE, FALSE, NA),
      drugs = c(NA, NA, NA), alcohol = c(TRUE, NA, NA), thinking = c(FALSE, TRUE, TRUE)
    ),
    caseload = list(
      accommodation = c(FALSE, FALSE, FALSE, FALSE, FALSE), ete = c(TRUE, TRUE, TRUE, TRUE, TRUE),
      relationships = c(TRUE, FALSE, FALSE, FALSE, NA), drugs = c(TRUE, FALSE, NA, NA, FALSE),
      alcohol = c(FALSE, FALSE, FALSE, FALSE, FALSE), thinking = c(NA, NA, NA, NA, NA)
    )
  )
)

write_json(
  list(
    written_by = "needs.R",
    versions = list(R = as.character(getRversion()), jsonlite = as.character(packageVersion("jsonlite"))),
    sample = profile(pilot, caseload),
    sample_90 = profile(pilot, caseload, 0.9),
    # The first people of the file of cases, and nobody, against the same caseload.
    first_people = setNames(lapply(0:3, function(people) profile(first(people), caseload)), 0:3),
    # How many of the eight needs with a threshold each person of the pilot has, in the order of the file.
    needs_per_person = Reduce(`+`, pilot[sapply(names(rules), function(s) !is.null(rules[[s]]$threshold))]),
    made_up = lapply(made_up, function(x) c(x, list(expected = profile(x$pilot, x$caseload)))),
    # Published: 39 % and 71 % of 2,000 people, 24 % of a number that is not given.
    published = list(
      accommodation = compare(pilot$accommodation, rep(c(TRUE, FALSE), c(780, 1220))),
      lifestyle = compare(pilot$lifestyle, rep(c(TRUE, FALSE), c(1420, 580)))
    ),
    ogrs = list(mean = mean(cases$ogrs), n = nrow(cases))
  ),
  file.path(here, "needs.json"), auto_unbox = TRUE, digits = NA, na = "null", pretty = TRUE
)
