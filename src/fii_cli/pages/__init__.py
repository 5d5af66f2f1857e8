"""A report as a page: HTML, Markdown, Word, Excel and PDF, and the walls around templates of others."""
