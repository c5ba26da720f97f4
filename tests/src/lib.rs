//! Support for tests: the test app, builders, a browser.
