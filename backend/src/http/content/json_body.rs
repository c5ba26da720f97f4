//! Reads a JSON body in the shape of the contract; anything else is answered as a problem in the API's form.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use nengce_messages::echo;
use nengce_shared::problem::ProblemCode;
use serde::de::DeserializeOwned;

use super::problem::ApiError;

pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let read: Result<Json<T>, JsonRejection> = Json::from_request(request, state).await;
        read.map(|Json(it)| Self(it)).map_err(|error| {
            let code = match error.status() {
                StatusCode::PAYLOAD_TOO_LARGE => ProblemCode::BodyTooLarge,
                _ => ProblemCode::BodyNotJson,
            };
            ApiError::new(code, echo(&error.body_text()))
        })
    }
}
