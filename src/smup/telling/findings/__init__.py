"""What was noticed about the data of a release, told to people; corrections of single figures."""
