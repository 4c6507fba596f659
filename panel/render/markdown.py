"""placeholder"""
def render_markdown(chart): return ""
