"""Linking across documents: which entity ids, found article by article, mean the same."""

from tasks.linking.evidence import role_head
from tasks.linking.link import link_entities
from tasks.linking.profile import AcronymUse, Alias, Evidence, Listed, RoleUse, World

__all__ = [
    "AcronymUse",
    "Alias",
    "Evidence",
    "Listed",
    "RoleUse",
    "World",
    "link_entities",
    "role_head",
]
