/** The control plane over gRPC: what is served, and whether. */
package io.understudy.server.transport.grpc;
