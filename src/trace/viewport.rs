//! Which rows of a long list are in view: rows of one height, some of them opened and higher.

/// The rows to draw, and where.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Viewport {
    /// Rows `first..end` are drawn.
    pub first: usize,
    pub end: usize,
    /// Where row `first` begins, in pixels from the top of the list.
    pub top: f64,
    /// The whole list's height in pixels.
    pub height: f64,
}

/// A list of rows as a scroller sees it; all measures in pixels.
#[derive(Clone, Debug)]
pub struct Rows<'a> {
    pub count: usize,
    pub row: f64,
    /// Opened rows by their index, ascending, with how much higher they are.
    pub opened: &'a [(usize, f64)],
}

/// Rows drawn above and below what is in view, so that a small movement finds them there.
const SPARE: usize = 6;

impl Rows<'_> {
    /// Where a row begins.
    pub fn top_of(&self, index: usize) -> f64 {
        let opened = self.opened.iter().take_while(|(opened, _)| *opened < index);
        index as f64 * self.row + opened.map(|(_, extra)| extra).sum::<f64>()
    }

    /// How high a row is.
    pub fn height_of(&self, index: usize) -> f64 {
        self.row + self.opened.iter().find(|(opened, _)| *opened == index).map_or(0.0, |(_, extra)| *extra)
    }

    /// The row at a distance from the top; one past the end where it lies below all.
    pub fn row_at(&self, distance: f64) -> usize {
        let mut before = 0.0;
        for (index, extra) in self.opened {
            let top = *index as f64 * self.row + before;
            if distance < top + self.row {
                break;
            }
            if distance < top + self.row + extra {
                return *index;
            }
            before += extra;
        }
        (((distance - before) / self.row).max(0.0) as usize).min(self.count)
    }

    /// The rows to draw for a window of this height at this place.
    pub fn viewport(&self, scrolled: f64, window: f64) -> Viewport {
        let first = self.row_at(scrolled.max(0.0)).saturating_sub(SPARE);
        let end = (self.row_at(scrolled.max(0.0) + window.max(0.0)) + 1 + SPARE).min(self.count);
        Viewport { first: first.min(end), end, top: self.top_of(first.min(end)), height: self.top_of(self.count) }
    }

    /// Where to scroll so that a row is in view; none where it is.
    pub fn reveal(&self, index: usize, scrolled: f64, window: f64) -> Option<f64> {
        let (top, height) = (self.top_of(index), self.height_of(index));
        if top < scrolled {
            Some(top)
        } else if top + height > scrolled + window {
            // The beginning of a row higher than the window matters most.
            Some(top.min(top + height - window).max(0.0))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Rows = Rows { count: 1000, row: 20.0, opened: &[] };
    const OPENED: Rows = Rows { count: 10, row: 20.0, opened: &[(2, 100.0), (5, 40.0)] };

    #[test]
    fn draws_what_is_in_view_and_a_little_more() {
        assert_eq!(PLAIN.viewport(0.0, 100.0), Viewport { first: 0, end: 12, top: 0.0, height: 20_000.0 });
        assert_eq!(PLAIN.viewport(2_000.0, 100.0), Viewport { first: 94, end: 112, top: 1_880.0, height: 20_000.0 });
        assert_eq!(PLAIN.viewport(1e9, 100.0).end, 1000);
        assert_eq!(PLAIN.viewport(-50.0, -1.0).first, 0);
        let empty = Rows { count: 0, ..PLAIN };
        assert_eq!(empty.viewport(0.0, 100.0), Viewport::default());
    }

    #[test]
    fn opened_rows_push_the_others_down() {
        assert_eq!(
            (0..10).map(|row| OPENED.top_of(row) as i32).collect::<Vec<_>>(),
            [0, 20, 40, 160, 180, 200, 260, 280, 300, 320]
        );
        for row in 0..10 {
            assert_eq!(OPENED.row_at(OPENED.top_of(row)), row);
            assert_eq!(OPENED.row_at(OPENED.top_of(row) + OPENED.height_of(row) - 1.0), row);
        }
        assert_eq!(OPENED.row_at(1e6), 10);
    }

    #[test]
    fn scrolls_only_as_far_as_needed() {
        assert_eq!(PLAIN.reveal(5, 60.0, 100.0), None);
        assert_eq!(PLAIN.reveal(2, 60.0, 100.0), Some(40.0));
        assert_eq!(PLAIN.reveal(8, 60.0, 100.0), Some(80.0));
        assert_eq!(OPENED.reveal(2, 0.0, 50.0), Some(40.0));
    }
}
