"""What runs within the sandbox, beside the code of students: it knows no reference, no hidden check and no points."""
