import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build ->
    def starts = build.cdk().journal().invocations().findAll { it.arguments().contains('start') }*.arguments()
    assert starts.size() == 2

    // The names of the platform's images are made by the plugin.
    starts.each { assert it.contains("'${build.registry().host()}/openshift3/ose-".toString() + '${component}:v3.11.141\'') }

    // What users write arrives as they wrote it.
    assert starts[0].contains('POM=openshift3/ose-${component}:v3.11.141')
    assert starts[0].contains('--docker-env=END=openshift3/ose-${component}')
    assert starts[1].contains('--docker-env=LINE=ose-${component}:v3')
    assert starts[1].contains('--docker-env=END=ose-${component}')
    assert build.cdk().status().contains('Stopped')
}
true
