from django.urls import path

from catalogus.api import facet_views, views
from catalogus.api.suggest import SuggestView

app_name = "api"
urlpatterns = [
    path("", views.IndexView.as_view(), name="index"),
    path("products/", views.ProductListView.as_view(), name="products"),
    path("products/ean/<str:ean>/", views.ProductByEanView.as_view(), name="product-by-ean"),
    path("products/facets/<str:parameter>/", facet_views.ProductFacetView.as_view(), name="product-facet"),
    path("products/<str:public_id>/", views.ProductView.as_view(), name="product"),
    path("suggest/", SuggestView.as_view(), name="suggest"),
    path("methods/", views.MethodListView.as_view(), name="methods"),
    path("methods/facets/<str:parameter>/", facet_views.MethodFacetView.as_view(), name="method-facet"),
    path("methods/<str:public_id>/", views.MethodView.as_view(), name="method"),
    path("methods/<str:public_id>/related/", views.RelatedMethodsView.as_view(), name="method-related"),
]
