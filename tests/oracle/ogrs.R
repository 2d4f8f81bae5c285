# Writes ogrs.json: OGRS3, OGRS4/G and OGRS4/V of made-up people, written out term by term from ogrs_coefficients.json.
# Run from any folder: Rscript tests/oracle/ogrs.R
library(jsonlite)

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
given <- fromJSON(file.path(here, "ogrs_coefficients.json"), simplifyVector = FALSE)

set.seed(7)
people <- 300
sex <- sample(c("male", "female"), people, TRUE)
first <- sample(10:45, people, TRUE)
conviction <- first + sample(0:30, people, TRUE)
followup <- conviction + sample(0:3, people, TRUE)
previous <- sample(c(0:5, 20, 49:60), people, TRUE)

three <- given$ogrs3
offence3 <- sample(names(three$offences), people, TRUE)
sanction <- sample(c("conviction", "conviction", "caution", "caution_after_conviction"), people, TRUE)
ogrs3 <- function(i) {
  rate <- three$copas * log((1 + min(50, previous[i])) / (10 + conviction[i] - first[i]))
  history <- switch(sanction[i],
    conviction = if (previous[i] == 0) three$conviction_first else three$conviction_later,
    caution = if (previous[i] == 0) 0 else three$caution_later,
    caution_after_conviction = three$caution_after_conviction)
  bands <- Filter(function(band) band[[1]] <= followup[i], three$ages)
  z <- rate + history + bands[[length(bands)]][[if (sex[i] == "male") 2 else 3]] + three$offences[[offence3[i]]]
  c(plogis(three$one_year + z), plogis(three$two_years + z))
}

terms <- given$ogrs4$terms
offence4 <- sample(names(given$ogrs4$offences), people, TRUE)
n <- previous + 1
n[n > 30 & n %% 2 == 0] <- 2
violent <- pmin(n, sample(0:4, people, TRUE))
months <- sample(c(0, 0, 3, 12, 30, 36, 50), people, TRUE)
ogrs4 <- function(i, which) {
  term <- function(name, when) {
    for (one in terms) if (one[[1]] == name && one[[2]] == when) return(one[[which + 2]])
    stop(paste("no term", name, when))
  }
  s <- if (sex[i] == "male") "M" else "F"
  a <- followup[i]; m <- min(36, months[i]); years <- conviction[i] - first[i]
  powers <- c("", "^2", "^3", "^4")
  z <- term("intercept", "always") + n[i] * term("x n", "always")
  if (s == "F") z <- z + term("constant", "F")
  for (k in 1:4) z <- z + a^k * term(paste0("a", powers[k]), s) + m^k * term(paste0("m", powers[k]), "always")
  if (n[i] == 1) z <- z + term("constant", "n = 1")
  if (n[i] == 2) z <- z + term("constant", "n = 2") + years * term("x years", paste("n = 2,", s))
  if (n[i] >= 3) {
    r <- log(n[i] / (years + if (which == 1) 26 else 12))
    z <- z + r * term("r", paste("n >= 3,", s)) + r^2 * term("r^2", paste("n >= 3,", s))
  }
  if (which == 2) {
    v <- violent[i]
    if (v == 0) z <- z + term("constant", paste("v = 0,", s))
    if (v == 1) z <- z + term("constant", "v = 1")
    if (v >= 1) z <- z + v * term("x v", "always") + log(v / (years + 30)) * term("x ln(v/(years + 30))", "v >= 1")
  }
  plogis(z + given$ogrs4$offences[[offence4[i]]][[which]])
}

three_found <- sapply(seq_len(people), ogrs3)
write_json(list(
  made_by = list(R = R.version.string, jsonlite = as.character(packageVersion("jsonlite"))),
  sex = sex, age_at_first_sanction = first, age_at_conviction = conviction, age_at_followup = followup,
  previous_sanctions = previous, sanction = sanction, offence3 = offence3,
  p1 = three_found[1, ], p2 = three_found[2, ],
  offence4 = offence4, sanctions = n, violent_sanctions = violent, offence_free_months = months,
  ogrs4_g = sapply(seq_len(people), ogrs4, which = 1), ogrs4_v = sapply(seq_len(people), ogrs4, which = 2)
), file.path(here, "ogrs.json"), digits = 15, auto_unbox = TRUE)
