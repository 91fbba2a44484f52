"""Between a call and its formula: what nobody needs in order to use a loss. Private to lossutils."""
