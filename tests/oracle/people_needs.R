# Writes people_needs.json: of the sample study's people how severe each need is, which needs meet in one person, needs by
# sex and by site with Wilson's interval (prop.test), the ratio to the caseload with Katz's interval (epitools), and
# offences. Run from any folder: Rscript tests/oracle/people_needs.R
suppressPackageStartupMessages({library(jsonlite); library(epitools)})

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
sample_file <- function(name) read.csv(file.path(here, "..", "..", "sample_data", name), na.strings = "")
cases <- sample_file("cases.csv")
caseload <- sample_file("caseload.csv")
caseload <- caseload[!caseload$respondent_id %in% cases$respondent_id, ]
rules <- fromJSON(file.path(here, "need_thresholds.json"), simplifyVector = FALSE)[["oasys_2009"]]
severe <- Filter(Negate(is.null), lapply(rules, function(rule) rule$severe))
need <- function(table, section) {
  threshold <- rules[[section]]$threshold
  if (is.null(threshold)) table[[paste0(section, "_need")]] == "yes" else table[[paste0(section, "_score")]] >= threshold
}
sections <- names(rules)

levels_of <- function(table, section) {
  scores <- table[[paste0(section, "_score")]]
  scores <- scores[!is.na(scores)]
  as.vector(table(cut(scores, c(-Inf, rules[[section]]$threshold, severe[[section]], Inf), right = FALSE)))
}
severity <- lapply(names(severe), function(section) list(
  need = section, pilot = levels_of(cases, section), caseload = levels_of(caseload, section)))

pairs <- apply(combn(sections, 2), 2, function(two) {
  counted <- function(table) {
    one <- need(table, two[1]); other <- need(table, two[2]); both <- !is.na(one) & !is.na(other)
    c(sum(both), sum(one[both] & other[both]))
  }
  list(needs = two, pilot = counted(cases), caseload = counted(caseload))
}, simplify = FALSE)

by <- function(column) unlist(lapply(sections, function(section) lapply(sort(unique(cases[[column]])), function(value) {
  has <- need(cases, section); here <- !is.na(has) & cases[[column]] == value
  ends <- suppressWarnings(prop.test(sum(has[here]), sum(here), correct = FALSE))$conf.int
  list(need = section, group = value, n = sum(here), k = sum(has[here]), low = ends[1], high = ends[2])
})), recursive = FALSE)

ratios <- lapply(sections, function(section) {
  ours <- need(cases, section); theirs <- need(caseload, section)
  ours <- ours[!is.na(ours)]; theirs <- theirs[!is.na(theirs)]
  counts <- matrix(c(sum(!theirs), sum(!ours), sum(theirs), sum(ours)), 2)
  found <- riskratio.wald(counts)$measure[2, ]
  list(need = section, ratio = found[["estimate"]], low = found[["lower"]], high = found[["upper"]])
})

offences <- lapply(sort(unique(cases$offence)), function(value) list(
  offence = value, pilot = sum(cases$offence == value), caseload = sum(caseload$offence == value, na.rm = TRUE)))

write_json(list(
  made_by = list(R = R.version.string, epitools = as.character(packageVersion("epitools"))),
  severity = severity, pairs = pairs, by_sex = by("sex"), by_site = by("site"), ratios = ratios, offences = offences,
  offence_known = c(sum(!is.na(cases$offence)), sum(!is.na(caseload$offence)))
), file.path(here, "people_needs.json"), digits = 15, auto_unbox = TRUE, na = "null")
