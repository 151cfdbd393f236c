"""An analysis as a document: words, tables and pictures in one file, or all of them apart in an archive."""
