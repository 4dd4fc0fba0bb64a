"""Superset over demarche's publication: what differs from Superset's own defaults.

The secret key comes from `SUPERSET_SECRET_KEY`; users, charts and dashboards are kept in
`superset.db` in the folder `SUPERSET_HOME`. Superset reads both from the environment itself.
"""

from superset import config

# Pages may ask this server and nobody else: no count of visits, no maps or pictures from elsewhere.
TALISMAN_CONFIG = {
    **config.TALISMAN_CONFIG,
    "content_security_policy": {
        **config.TALISMAN_CONFIG["content_security_policy"],
        "img-src": ["'self'", "blob:", "data:"],
        "connect-src": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "font-src": ["'self'"],
    },
}
