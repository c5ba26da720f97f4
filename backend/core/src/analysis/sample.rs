//! A hand-made city for the tests of this room.
