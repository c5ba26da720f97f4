//! The portal's entry: mounts the app on the page. Nothing else.
fn main() {
    nengce_frontend::mount();
}
