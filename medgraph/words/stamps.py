"""Hold the stamps that a network is shown with."""

SAMPLE = "样本数据"  # a sample of real facts
