"""The page where legal staff and buyers spend their day: one module a screen, over a workspace.

``server`` carries it (routes, sign-in, files received), ``layout`` joins the screens, ``markup`` is the only way by which text becomes HTML, ``viewer`` shows
where a quote stands. A screen reads what was asked, calls the workspace, shows the result; it knows no law.
"""
