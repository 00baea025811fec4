"""A graph as a page to look at: `render_html` gives one HTML file that needs nothing but a browser."""

from __future__ import annotations

from kg.views.html import render_html

__all__ = ["render_html"]
