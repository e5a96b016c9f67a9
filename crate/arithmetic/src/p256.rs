//! P-256 (SP 800-186 §3.2.1.3).

/// The coefficient `b` of the curve.
pub(crate) const B: P256Field = P256Field([
    0xd89c_df62_29c4_bddf,
    0xacf0_05cd_7884_3090,
    0xe5a2_20ab_f721_2ed6,
    0xdc30_061d_0487_4834,
]);

const fn point(x: [u64; 4], y: [u64; 4]) -> Affine<P256Field> {
    Affine {
        x: P256Field(x),
        y: P256Field(y),
    }
}

crate::ecdsa::curve!(
    P256Field,
    4,
    32,
    "P-256",
    Curve {
        order: Modulus {
            number: [
                0xf3b9_cac2_fc63_2551,
                0xbce6_faad_a717_9e84,
                0xffff_ffff_ffff_ffff,
                0xffff_ffff_0000_0000
            ],
            factor: 0xee00_bc4f,
            r2: [
                0x8324_4c95_be79_eea2,
                0x4699_799c_49bd_6fa6,
                0x2845_b239_2b6b_ec59,
                0x66e1_2d94_f3d9_5620
            ],
        },
        excess: [
            0x0c46_353d_039c_daae,
            0x4319_0553_58e8_617b,
            0x0000_0000_0000_0000,
            0x0000_0000_0000_0000
        ],
        element: P256Field::from_number,
        generator: [
            point(
                [
                    0x79e7_30d4_18a9_143c,
                    0x75ba_95fc_5fed_b601,
                    0x79fb_732b_7762_2510,
                    0x1890_5f76_a537_55c6
                ],
                [
                    0xddf2_5357_ce95_560a,
                    0x8b4a_b8e4_ba19_e45c,
                    0xd2e8_8688_dd21_f325,
                    0x8571_ff18_2588_5d85
                ]
            ),
            point(
                [
                    0xffac_3f90_4eeb_c127,
                    0xb027_f84a_087d_81fb,
                    0x66ad_77dd_87cb_bc98,
                    0x2693_6a3f_b6ff_747e
                ],
                [
                    0xb04c_5c1f_c983_a7eb,
                    0x583e_47ad_0861_fe1a,
                    0x7882_0831_1a2e_e98e,
                    0xd5f0_6a29_e587_cc07
                ]
            ),
            point(
                [
                    0xbe1b_8aae_c45c_61f5,
                    0x90ec_649a_94b9_537d,
                    0x941c_b5aa_d076_c20c,
                    0xc907_9605_8905_23c8
                ],
                [
                    0xeb30_9b4a_e7ba_4f10,
                    0x73c5_68ef_e5eb_882b,
                    0x3540_a987_7e7a_1f68,
                    0x73a0_76bb_2dd1_e916
                ]
            ),
            point(
                [
                    0x0746_354e_a017_3b4f,
                    0x2bd2_0213_d23c_00f7,
                    0xf43e_aab5_0c23_bb08,
                    0x13ba_5119_c312_3e03
                ],
                [
                    0x2847_d030_3f5b_9d4d,
                    0x6742_f2f2_5da6_7bdd,
                    0xef93_3bdc_77c9_4195,
                    0xeaed_d915_6e24_0867
                ]
            ),
            point(
                [
                    0x75c9_6e8f_264e_20e8,
                    0xabe6_bfed_59a7_a841,
                    0x2cc0_9c04_44c8_eb00,
                    0xe05b_3080_f0c4_e16b
                ],
                [
                    0x1eb7_777a_a45f_3314,
                    0x56af_7bed_ce5d_45e3,
                    0x2b6e_019a_88b1_2f1a,
                    0x0866_59cd_fd83_5f9b
                ]
            ),
            point(
                [
                    0xea7d_260a_6245_e404,
                    0x9de4_0795_6e7f_dfe0,
                    0x1ff3_a415_8dac_1ab5,
                    0x3e70_90f1_649c_9073
                ],
                [
                    0x1a76_8561_2b94_4e88,
                    0x250f_939e_e57f_61c8,
                    0x0c0d_aa89_1ead_643d,
                    0x6893_0023_e125_b88e
                ]
            ),
            point(
                [
                    0xccc4_2563_4b2e_d709,
                    0x0e35_6769_856f_d30d,
                    0xbcbc_d43f_559e_9811,
                    0x7384_77ac_5395_b759
                ],
                [
                    0x3575_2b90_c00e_e17f,
                    0x6874_8390_742e_d2e3,
                    0x7cd0_6422_bd1f_5bc1,
                    0xfbc0_8769_c9e7_b797
                ]
            ),
            point(
                [
                    0x72bc_d8b7_bc60_055b,
                    0x03cc_23ee_56e2_7e4b,
                    0xee33_7424_e481_9370,
                    0xe2aa_0e43_0ad3_da09
                ],
                [
                    0x40b8_524f_6383_c45d,
                    0xd766_3554_42a4_1b25,
                    0x64ef_a6de_778a_4797,
                    0x2042_170a_7079_adf4
                ]
            ),
        ],
    },
    B
);
