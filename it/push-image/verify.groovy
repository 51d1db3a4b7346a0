import io.github.cdkmaven.world.InvokedCluster

InvokedCluster.of(context).withCloseable { build ->
    // As a pod's node asks for it, with the login of the project.
    assert build.pulled('shop/web', '1.0').contains('application/vnd.docker.container.image.v1+json')

    def handed = new Properties()
    new File(basedir, 'target/cdk/cdk.properties').withInputStream { handed.load(it) }
    assert build.log().contains(handed.'cdk.pushRegistry' + '/shop/web')
    assert handed.'cdk.internalRegistry' == 'image-registry.openshift-image-registry.svc:5000'
    def login = new File(handed.'cdk.pushLogin')
    assert login.text.contains(handed.'cdk.pushRegistry')
    assert !login.text.contains(build.token())
    assert !build.log().contains(build.token())
}
true
