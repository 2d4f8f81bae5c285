"""Everyone's answers beside the matched ones: six groups, three estimates, and where they disagree."""
