package io.github.cdkmaven.minishift.images;

import io.github.cdkmaven.minishift.MinishiftVersion;

/** Products as their {@code version} command tells them. */
public final class Products {

    public static final MinishiftVersion CDK_3_3 = MinishiftVersion.parse("minishift v1.11.0+d7f374a\nCDK v3.3.0-1\n");
    public static final MinishiftVersion CDK_3_4 = MinishiftVersion.parse("minishift v1.15.1+f19ac09\nCDK v3.4.0-2\n");
    public static final MinishiftVersion CDK_3_5 = MinishiftVersion.parse("minishift v1.20.0+1bd6d5c\nCDK v3.5.0-1\n");
    public static final MinishiftVersion CDK_3_6 = MinishiftVersion.parse("minishift v1.25.0+0\nCDK v3.6.0-1\n");
    public static final MinishiftVersion CDK_3_10 =
            MinishiftVersion.parse("minishift v1.34.1+21103616\nCDK v3.10.0-1\n");
    public static final MinishiftVersion MINISHIFT_1_20 = MinishiftVersion.parse("minishift v1.20.0+53c500a\n");
    public static final MinishiftVersion MINISHIFT_1_23 = MinishiftVersion.parse("minishift v1.23.0+91235ee\n");
    public static final MinishiftVersion MINISHIFT_1_34 = MinishiftVersion.parse("minishift v1.34.3+4b58f89\n");

    private Products() {}
}
