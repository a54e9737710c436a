// Nothing to write here: this workflow has no Task.
// Change the planet under Input and run it again to see the other way out.
