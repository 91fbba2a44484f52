"""How a learner's function is tried: what is drawn, run, compared, and said. Private to lossutils."""
