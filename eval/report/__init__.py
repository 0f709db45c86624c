"""What the evaluation found, as JSON for programs, Markdown for a repository and one HTML page for a person."""
