"""What a reader opens: the workbook, the report, a leaflet for each consultation."""
