"""What the tests compare with: second readings, planted faults, other libraries, golden values."""
