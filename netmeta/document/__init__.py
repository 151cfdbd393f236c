"""An analysis as a document: blocks first, then a page, a Word file, a PDF, or a zip of everything."""
