"""The loss lab's facts: each loss as JavaScript, made from the library's own code, its sliders, its words, the data."""
