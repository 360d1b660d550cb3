/** Sessions answered by trained surrogates. */
package io.understudy.server.backend.surrogate;
