"""The numbers that the chooser's counter-examples quote: `course_numbers` from the course's own data, `package_numbers`
from data that the course does not ship, `make_numbers` writes both to a table."""
