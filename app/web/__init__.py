"""What every page and reply shares: templates, languages, cookies, security and refusals."""
