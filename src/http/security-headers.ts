import helmet from 'helmet';

/**
 * The headers that keep data from running as code in a reader's browser: scripts and styles come
 * from this service only, never inline. The service may stand behind any proxy, so it does not tell
 * browsers to use HTTPS; that is the proxy's to say.
 */
export const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'self'"],
    },
  },
  strictTransportSecurity: false,
  // Reads are open to every site, so other sites may embed what they read.
  crossOriginResourcePolicy: { policy: 'cross-origin' },
});
