"""A report as a page: HTML, Markdown, Word, Excel and PDF, and the isolation of untrusted templates."""
