"""The house checker: what STYLE asks for and no published linter knows.

Text, Python and SQL rules read the tree; the database rules, one SQL file each, read a migrated
database. A finding is one line: `path:line: rule: what to do`.
"""
