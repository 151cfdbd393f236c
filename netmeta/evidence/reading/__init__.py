"""Tables in and out: CSV, TSV, Excel, JSON, data frames, pasted blocks, RevMan; nothing is lost in silence."""

from netmeta.evidence.reading.mapping import ColumnMapping, MappedColumn
from netmeta.evidence.reading.onecell import read_estimate
from netmeta.evidence.reading.reading import Reading, Refusal
from netmeta.evidence.reading.sources import read_table
from netmeta.evidence.reading.writing import table_text, write_table

__all__ = [
    "ColumnMapping",
    "MappedColumn",
    "Reading",
    "Refusal",
    "read_estimate",
    "read_table",
    "table_text",
    "write_table",
]
