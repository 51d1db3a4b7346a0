package io.github.cdkmaven.minishift.images;

import io.github.cdkmaven.minishift.Product;

/** Products as their {@code version} command tells them. */
public final class Products {

    public static final Product CDK_3_3 = Product.parse("minishift v1.11.0+d7f374a\nCDK v3.3.0-1\n");
    public static final Product CDK_3_4 = Product.parse("minishift v1.15.1+f19ac09\nCDK v3.4.0-2\n");
    public static final Product CDK_3_5 = Product.parse("minishift v1.20.0+1bd6d5c\nCDK v3.5.0-1\n");
    public static final Product CDK_3_6 = Product.parse("minishift v1.25.0+0\nCDK v3.6.0-1\n");
    public static final Product CDK_3_10 = Product.parse("minishift v1.34.1+21103616\nCDK v3.10.0-1\n");
    public static final Product MINISHIFT_1_20 = Product.parse("minishift v1.20.0+53c500a\n");
    public static final Product MINISHIFT_1_23 = Product.parse("minishift v1.23.0+91235ee\n");
    public static final Product MINISHIFT_1_34 = Product.parse("minishift v1.34.3+4b58f89\n");

    private Products() {}
}
