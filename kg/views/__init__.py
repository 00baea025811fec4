"""A graph as pages to look at: each is one HTML file that needs nothing but a browser."""

from __future__ import annotations

from kg.views.html import render_known, render_network, render_pages
from kg.views.select import Part

__all__ = ["Part", "render_known", "render_network", "render_pages"]
