//! Charts: pure scales and layouts, and one painter over any plotters backend. No browser types.
