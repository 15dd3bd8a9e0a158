"""What a party's own machine does with an act: recompile its texts, measure what it changes, show it."""
