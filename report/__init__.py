"""A static report site generator: facts and words in, a whole site out. Knows no subject."""
