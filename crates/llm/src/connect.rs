//! A limit for making connections that follows the product's clock.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tower::{BoxError, Layer, Service};

use crate::Clock;
use crate::clock::within;

/// The connection (with TLS) was not made in time.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("connecting took too long")]
pub(crate) struct ConnectTimedOut;

/// Puts the limit around reqwest's connector, whose own limit knows only real time.
#[derive(Clone)]
pub(crate) struct ConnectLimit {
    pub clock: Arc<dyn Clock>,
    pub limit_ms: i64,
}

impl<S> Layer<S> for ConnectLimit {
    type Service = Limited<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Limited {
            inner,
            limit: self.clone(),
        }
    }
}

#[derive(Clone)]
pub(crate) struct Limited<S> {
    inner: S,
    limit: ConnectLimit,
}

impl<S, R> Service<R> for Limited<S>
where
    S: Service<R, Error = BoxError>,
    S::Response: Send + 'static,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, target: R) -> Self::Future {
        let connecting = self.inner.call(target);
        let limit = self.limit.clone();
        Box::pin(async move {
            match within(&*limit.clock, limit.limit_ms, connecting).await {
                Some(connected) => connected,
                None => Err(ConnectTimedOut.into()),
            }
        })
    }
}
